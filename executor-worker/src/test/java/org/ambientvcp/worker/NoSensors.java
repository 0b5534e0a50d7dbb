package org.ambientvcp.worker;

import org.jspecify.annotations.Nullable;

/// A machine without any sensor.
final class NoSensors implements Sensors {
    @Override
    public Readings sample() {
        return Readings.NONE;
    }

    @Override
    public @Nullable Meter meter() {
        return null;
    }
}
