/// What every service process has: settings, Kafka clients, health, metrics, an orderly end.
@NullMarked
package org.ambientvcp.service;

import org.jspecify.annotations.NullMarked;
