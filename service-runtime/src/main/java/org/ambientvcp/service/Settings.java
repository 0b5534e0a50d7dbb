package org.ambientvcp.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Settings by name, as they come from the environment. Every error names the variable, what was
/// expected and what came. Thread-safe.
public final class Settings {
    private static final String PREFIX = "VCP_";
    private static final Pattern USER_INFO = Pattern.compile("//.*@"); // may hold a password

    private final Map<String, String> values;
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    public Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// @throws InvalidSettingException if it is not set
    public String text(String name) {
        var value = find(name);
        if (value == null) throw new InvalidSettingException(name + " is not set");
        return value;
    }

    public String text(String name, String fallback) {
        var value = find(name);
        return value == null ? fallback : value;
    }

    /// The value, or null if it is not set.
    public @Nullable String find(String name) {
        read.add(name);
        var value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// A whole number from `least` to `most`.
    public int integer(String name, int fallback, int least, int most) {
        return Math.toIntExact(number(name, fallback, least, most));
    }

    /// A whole number from `least` to `most`.
    public long number(String name, long fallback, long least, long most) {
        var value = find(name);
        if (value == null) return fallback;
        try {
            var number = Long.parseLong(value);
            if (least <= number && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // falls through to the one message that says all
        }
        throw new InvalidSettingException(name + " is not " + least + "–" + most + ": " + value);
    }

    /// A duration given in milliseconds; such a setting's name ends in `_MILLIS`.
    public Duration millis(String name, long fallback, long least, long most) {
        return Duration.ofMillis(number(name, fallback, least, most));
    }

    public boolean flag(String name, boolean fallback) {
        var value = find(name);
        if (value == null) return fallback;
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new InvalidSettingException(name + " is not true or false: " + value);
        };
    }

    /// One of an enum's constants, in any case.
    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        var value = find(name);
        if (value == null) return fallback;
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(name + " is not one of "
                        + Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")) + ": "
                        + value));
    }

    /// Words separated by commas; blank ones are left out.
    public List<String> list(String name) {
        var value = find(name);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    /// An absolute URL.
    public URI url(String name) {
        var value = text(name);
        try {
            var url = new URI(value);
            if (url.getScheme() != null && url.getHost() != null) return url;
        } catch (URISyntaxException malformed) {
            // falls through to the one message that says all
        }
        throw new InvalidSettingException(name + " is not a URL such as http://host:8081: "
                + USER_INFO.matcher(value).replaceFirst("//…@"));
    }

    /// Client settings by prefix: VCP_KAFKA_SECURITY_PROTOCOL becomes security.protocol. Blank ones count as not set.
    public Map<String, String> clientProperties(String prefix) {
        var properties = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            if (!name.startsWith(prefix)) return;
            read.add(name);
            if (value.isBlank() || name.length() == prefix.length()) return;
            properties.put(
                    name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
        });
        return properties;
    }

    /// Names that start with VCP_ and that nobody has read: most likely misspelt.
    public Set<String> unread() {
        var unread = new TreeSet<String>();
        for (var name : values.keySet()) if (name.startsWith(PREFIX) && !read.contains(name)) unread.add(name);
        return unread;
    }
}
