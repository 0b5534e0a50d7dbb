package org.ambientvcp.gateway.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.ambientvcp.schemas.TaskCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API keys of a file. A key is `ID.SECRET`, the secret 32 random bytes in base64url; the file holds only salted
/// hashes. When the file changes it is read again, within a second; a file that is then wrong is reported and the keys
/// before it stay. To take a key away, delete its line. Thread-safe.
public final class ApiKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST = 256;
    private static final long LOOK_NANOS = 1_000_000_000L;
    /// Compared with when the id is unknown, so that the time does not tell which ids there are.
    private static final StoredKey NOBODY =
            new StoredKey(new Caller("nobody", "nobody", Set.of()), new byte[StoredKey.SALT_BYTES], new byte[32]);

    private record Version(FileTime modified, long size, Object fileKey) {}

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Map<String, StoredKey> keys;
    private Version version;
    private volatile long lookedAt;

    private ApiKeys(Path file, LongSupplier nanoTime) throws IOException {
        this.file = file;
        this.nanoTime = nanoTime;
        version = version(file);
        keys = Map.copyOf(KeyFile.load(file));
        lookedAt = nanoTime.getAsLong();
    }

    /// @param nanoTime a clock that only grows, such as `System::nanoTime`
    /// @throws IOException if the file cannot be read, others may read it, or a line is wrong; says which
    public static ApiKeys load(Path file, LongSupplier nanoTime) throws IOException {
        return new ApiKeys(file, nanoTime);
    }

    /// Adds a new key to a file, which is made if there is none, and returns the key's text. It cannot be had again.
    ///
    /// @param id 1–63 of A–Z a–z 0–9 _ -
    /// @param tenant 1–63 of a–z 0–9 -
    /// @throws IllegalArgumentException if the id, the tenant or the roles are not as they should be
    /// @throws IOException if the file has the id, or cannot be read or written
    public static String create(Path file, String id, String tenant, Set<Role> roles, SecureRandom random)
            throws IOException {
        if (!KeyFile.isId(id)) throw new IllegalArgumentException("id is not 1–63 of A–Z a–z 0–9 _ -: " + id);
        if (!TaskCheck.isTenant(tenant))
            throw new IllegalArgumentException("tenant is not 1–63 of a–z 0–9 -: " + tenant);
        if (roles.isEmpty()) throw new IllegalArgumentException("a key needs a role");
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var salt = new byte[StoredKey.SALT_BYTES];
        random.nextBytes(salt);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        KeyFile.append(file, StoredKey.of(new Caller(id, tenant, roles), salt, secret));
        return id + "." + secret;
    }

    /// Whose key this is, if it is one.
    public Optional<Caller> find(String key) {
        reloadIfChanged();
        var dot = key.indexOf('.');
        if (dot < 0 || key.length() > LONGEST) return Optional.empty();
        var stored = keys.get(key.substring(0, dot));
        var opens = (stored == null ? NOBODY : stored).opens(key.substring(dot + 1));
        return opens && stored != null ? Optional.of(stored.caller()) : Optional.empty();
    }

    /// Number of keys.
    public int size() {
        return keys.size();
    }

    private void reloadIfChanged() {
        if (nanoTime.getAsLong() - lookedAt >= LOOK_NANOS) reload();
    }

    private synchronized void reload() {
        if (nanoTime.getAsLong() - lookedAt < LOOK_NANOS) return;
        lookedAt = nanoTime.getAsLong();
        try {
            var now = version(file);
            if (now.equals(version)) return;
            version = now;
            keys = Map.copyOf(KeyFile.load(file));
            LOG.atInfo().addKeyValue("keys", keys.size()).log("API keys read again");
        } catch (IOException wrong) {
            LOG.atError().addKeyValue("reason", wrong.toString()).log("API keys cannot be read; those before stay");
        }
    }

    private static Version version(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    }
}
