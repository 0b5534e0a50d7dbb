package org.ambientvcp.telemetry.energy;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Greenhouse gases behind a kilowatt-hour of electricity, by region. A region that is not in the table
/// is looked up by what is before its last dash (`de-west-2`, `de-west`, `de`), then as `world`.
///
/// Figures: yearly means over the life cycle, Ember and Energy Institute by way of Our World in Data,
/// "Carbon intensity of electricity generation"; year 2024, but 2023 for br, cn, ie and in.
///
/// @param milligramsPerKwh CO2-equivalent by region; has `world`
public record CarbonIntensity(Map<String, Integer> milligramsPerKwh) {
    public static final String WORLD = "world";
    /// More than burning peat gives, in mg/kWh.
    public static final int MOST = 5_000_000;

    public static final CarbonIntensity DEFAULT = new CarbonIntensity(Map.ofEntries(
            Map.entry(WORLD, 473_000),
            Map.entry("eu", 284_000),
            Map.entry("at", 103_000),
            Map.entry("be", 118_000),
            Map.entry("ch", 37_000),
            Map.entry("cz", 414_000),
            Map.entry("de", 344_000),
            Map.entry("dk", 143_000),
            Map.entry("ee", 341_000),
            Map.entry("fi", 72_000),
            Map.entry("fr", 44_000),
            Map.entry("gb", 211_000),
            Map.entry("ie", 291_000),
            Map.entry("nl", 253_000),
            Map.entry("no", 31_000),
            Map.entry("pl", 615_000),
            Map.entry("se", 36_000),
            Map.entry("us", 384_000),
            Map.entry("ca", 175_000),
            Map.entry("br", 98_000),
            Map.entry("au", 552_000),
            Map.entry("cn", 582_000),
            Map.entry("in", 713_000)));

    private static final Pattern OVERRIDE = Pattern.compile("([a-z0-9][a-z0-9._-]{0,62})\\s*=\\s*([0-9]{1,7})");
    /// µJ·mg/kWh in a microgram: 3.6·10^12 µJ are a kWh, 10^3 µg are a mg.
    private static final BigInteger UNIT = BigInteger.valueOf(3_600_000_000L);

    public CarbonIntensity {
        milligramsPerKwh = Map.copyOf(milligramsPerKwh);
        if (!milligramsPerKwh.containsKey(WORLD)) throw new IllegalArgumentException("no intensity for " + WORLD);
    }

    /// This table with some regions set anew.
    ///
    /// @param overrides `region=milligrams per kWh`, 0–[#MOST]
    /// @throws IllegalArgumentException if one is not of that form; the message quotes it
    public CarbonIntensity with(List<String> overrides) {
        var all = new HashMap<>(milligramsPerKwh);
        for (var override : overrides) {
            var match = OVERRIDE.matcher(override);
            if (!match.matches() || Integer.parseInt(match.group(2)) > MOST)
                throw new IllegalArgumentException(
                        "expected region=milligrams per kWh, 0–" + MOST + ", got \"" + override + '"');
            all.put(match.group(1), Integer.valueOf(match.group(2)));
        }
        return new CarbonIntensity(all);
    }

    /// Intensity of the most exact region the table has.
    public int milligramsPerKwh(String region) {
        for (var name = region; ; name = name.substring(0, name.lastIndexOf('-'))) {
            var known = milligramsPerKwh.get(name);
            if (known != null) return known;
            if (name.lastIndexOf('-') < 0) return milligramsPerKwh.getOrDefault(WORLD, 0);
        }
    }

    /// CO2-equivalent of an energy, rounded half up.
    public static long micrograms(long microjoules, int milligramsPerKwh) {
        return BigInteger.valueOf(microjoules)
                .multiply(BigInteger.valueOf(milligramsPerKwh))
                .add(UNIT.shiftRight(1))
                .divide(UNIT)
                .longValueExact();
    }
}
