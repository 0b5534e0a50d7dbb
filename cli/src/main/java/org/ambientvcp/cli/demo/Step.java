package org.ambientvcp.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/// One task of the demo.
///
/// @param title what it shows
/// @param module file below `examples`
/// @param request fields of the request beside the module, as JSON
/// @param input file below `examples`; "" = none
/// @param expected what must hold of the final status, in words
/// @param holds whether it does
record Step(String title, String module, String request, String input, String expected, Predicate<JsonNode> holds) {}
