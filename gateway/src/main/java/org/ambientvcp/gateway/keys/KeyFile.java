package org.ambientvcp.gateway.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.schemas.TaskCheck;

/// The file of API keys: one JSON object a line, `{"id","tenant","roles","salt","hash"}`, salt and hash in hex.
/// Blank lines and lines that begin with `#` are left out. On POSIX systems only its owner may read it.
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<String> FIELDS = Set.of("id", "tenant", "roles", "salt", "hash");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private KeyFile() {}

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /// @throws IOException if it cannot be read, others may read it, or a line is wrong; names the line
    static Map<String, StoredKey> load(Path file) throws IOException {
        requireOwnerOnly(file);
        var keys = new LinkedHashMap<String, StoredKey>();
        var number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            StoredKey key;
            try {
                key = parse(StrictJson.object(line.getBytes(StandardCharsets.UTF_8)));
            } catch (InvalidJsonException | IllegalArgumentException wrong) {
                throw new IOException(file + ", line " + number + ": " + wrong.getMessage(), wrong);
            }
            if (keys.put(key.caller().id(), key) != null)
                throw new IOException(
                        file + ", line " + number + ": the id " + key.caller().id() + " is there twice");
        }
        return keys;
    }

    /// Adds a key; the file is replaced in one step, and made if there is none.
    static void append(Path file, StoredKey key) throws IOException {
        String before;
        try {
            if (load(file).containsKey(key.caller().id()))
                throw new IOException(file + " has a key " + key.caller().id());
            before = Files.readString(file);
        } catch (NoSuchFileException missing) {
            before = "";
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        var posix = folder != null && Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
        var name = file.getFileName() + ".";
        var part = posix
                ? Files.createTempFile(folder, name, ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.createTempFile(folder, name, ".part");
        try {
            Files.writeString(
                    part, before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + json(key) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) return; // a file system without POSIX permissions
        var permissions = view.readAttributes().permissions();
        if (!OWNER_ONLY.containsAll(permissions))
            throw new IOException("key file " + file + " may be read by others ("
                    + PosixFilePermissions.toString(permissions) + "); expected rw-------: chmod 600 it");
    }

    private static StoredKey parse(ObjectNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) throw new IllegalArgumentException("unknown field " + name);
        });
        var id = text(json, "id");
        if (!isId(id)) throw new IllegalArgumentException("id is not 1–63 of A–Z a–z 0–9 _ -: " + id);
        var tenant = text(json, "tenant");
        if (!TaskCheck.isTenant(tenant))
            throw new IllegalArgumentException("tenant is not 1–63 of a–z 0–9 -: " + tenant);
        return new StoredKey(
                new Caller(id, tenant, roles(json.path("roles"))),
                HexFormat.of().parseHex(text(json, "salt")),
                HexFormat.of().parseHex(text(json, "hash")));
    }

    private static Set<Role> roles(JsonNode json) {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : json) roles.add(Role.valueOf(name.asText().toUpperCase(Locale.ROOT)));
        if (roles.isEmpty()) throw new IllegalArgumentException("roles is not a list of user, admin, node");
        return roles;
    }

    private static String text(ObjectNode json, String name) {
        var value = json.path(name);
        if (!value.isTextual()) throw new IllegalArgumentException(name + " is missing");
        return value.textValue();
    }

    private static String json(StoredKey key) {
        var line = StrictJson.newObject()
                .put("id", key.caller().id())
                .put("tenant", key.caller().tenant());
        var roles = line.putArray("roles");
        List.copyOf(EnumSet.copyOf(key.caller().roles()))
                .forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
        return line.put("salt", HexFormat.of().formatHex(key.salt()))
                .put("hash", HexFormat.of().formatHex(key.hash()))
                .toString();
    }
}
