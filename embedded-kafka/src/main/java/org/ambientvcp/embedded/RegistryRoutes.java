package org.ambientvcp.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The paths of Confluent's Schema Registry REST interface, for Avro. Knows nothing of HTTP servers and of Kafka.
final class RegistryRoutes {

    /// Makes changes one after the other.
    interface Writer {
        <T> T write(Supplier<SchemaChange<T>> decide);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param pattern its segments; `*` is any
    private record Route(String method, List<String> pattern, Function<RegistryRequest, Object> handler) {

        boolean matches(List<String> path) {
            if (path.size() != pattern.size()) return false;
            for (var i = 0; i < path.size(); i++) {
                if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) return false;
            }
            return true;
        }
    }

    private final List<Route> routes = new ArrayList<>();
    private final SchemaStore store;
    private final Writer log;

    RegistryRoutes(SchemaStore store, Writer log) {
        this.store = store;
        this.log = log;

        route("GET", "/", request -> Map.of());
        route("GET", "/subjects", this::subjects);
        route("POST", "/subjects/*", this::lookUp);
        route("DELETE", "/subjects/*", this::deleteSubject);
        route("GET", "/subjects/*/versions", this::versions);
        route("POST", "/subjects/*/versions", this::register);
        route("GET", "/subjects/*/versions/*", request -> json(version(request)));
        route("DELETE", "/subjects/*/versions/*", this::deleteVersion);
        route(
                "GET",
                "/subjects/*/versions/*/schema",
                request -> tree(version(request).schema()));
        route("GET", "/subjects/*/versions/*/referencedby", request -> List.of());

        route("GET", "/schemas", this::schemas);
        route("GET", "/schemas/types", request -> List.of("AVRO"));
        route("GET", "/schemas/ids/*", this::schemaById);
        route(
                "GET",
                "/schemas/ids/*/schema",
                request -> tree(withId(request).getFirst().schema()));
        route("GET", "/schemas/ids/*/subjects", this::subjectsOfId);
        route("GET", "/schemas/ids/*/versions", this::versionsOfId);

        route("POST", "/compatibility/subjects/*/versions", this::checkAgainstAll);
        route("POST", "/compatibility/subjects/*/versions/*", this::checkAgainstOne);

        route("GET", "/config", request -> Map.of("compatibilityLevel", store.globalLevel()));
        route("PUT", "/config", request -> setLevel(null, request));
        route("DELETE", "/config", request -> removeLevel(null));
        route("GET", "/config/*", this::level);
        route("PUT", "/config/*", request -> setLevel(request.path().get(1), request));
        route("DELETE", "/config/*", request -> removeLevel(request.path().get(1)));

        route("GET", "/mode", request -> Map.of("mode", store.globalMode()));
        route("GET", "/mode/*", this::mode);
    }

    private void route(String method, String path, Function<RegistryRequest, Object> handler) {
        var pattern =
                path.equals("/") ? List.<String>of() : List.of(path.substring(1).split("/", -1));
        routes.add(new Route(method, pattern, handler));
    }

    /// Answers with what is to be written as JSON.
    ///
    /// @throws RegistryError if the request is refused
    Object answer(RegistryRequest request) {
        var known =
                routes.stream().filter(route -> route.matches(request.path())).toList();
        if (known.isEmpty()) throw RegistryError.unknownPath();
        return known.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst()
                .orElseThrow(RegistryError::wrongMethod)
                .handler()
                .apply(request);
    }

    private Object subjects(RegistryRequest request) {
        return store.subjects(wanted(request)).stream()
                .filter(subject -> subject.startsWith(prefix(request)))
                .toList();
    }

    private Object schemas(RegistryRequest request) {
        return store.all(wanted(request)).stream()
                .filter(version -> version.subject().startsWith(prefix(request)))
                .map(RegistryRoutes::json)
                .toList();
    }

    private Object lookUp(RegistryRequest request) {
        var canonical = SchemaVersion.parse(request.schema()).toString();
        return existing(request).stream()
                .filter(version -> version.isPlainAvro() && version.schema().equals(canonical))
                .reduce((_, newer) -> newer)
                .map(RegistryRoutes::json)
                .orElseThrow(RegistryError::schemaNotFound);
    }

    private Object register(RegistryRequest request) {
        var schema = request.schema();
        if (request.json().path("id").asInt(-1) >= 0)
            throw RegistryError.notPermitted("Subject " + request.path().get(1) + " is not in import mode");
        return Map.of(
                "id",
                log.write(() -> SchemaChange.register(store, request.path().get(1), schema)));
    }

    private Object versions(RegistryRequest request) {
        return existing(request).stream().map(SchemaVersion::version).toList();
    }

    private Object deleteSubject(RegistryRequest request) {
        return log.write(() -> SchemaChange.deleteSubject(store, request.path().get(1), request.flag("permanent")));
    }

    private Object deleteVersion(RegistryRequest request) {
        var subject = request.path().get(1);
        var permanent = request.flag("permanent");
        return log.write(() -> {
            var versions = permanent ? store.versions(subject) : store.live(subject);
            if (store.versions(subject).isEmpty()) throw RegistryError.subjectNotFound(subject);
            var number = isLatest(request.path().get(3))
                    ? latest(versions).version()
                    : number(request.path().get(3));
            return SchemaChange.deleteVersion(store, subject, number, permanent);
        });
    }

    private Object schemaById(RegistryRequest request) {
        var version = withId(request).getFirst();
        var json = new LinkedHashMap<String, Object>();
        if (!version.type().equals("AVRO")) json.put("schemaType", version.type());
        json.put("schema", version.schema());
        if (request.flag("fetchMaxId")) json.put("maxId", store.nextId() - 1);
        return json;
    }

    private Object subjectsOfId(RegistryRequest request) {
        return withId(request).stream()
                .filter(wanted(request))
                .map(SchemaVersion::subject)
                .distinct()
                .toList();
    }

    private Object versionsOfId(RegistryRequest request) {
        return withId(request).stream()
                .filter(wanted(request))
                .map(version -> Map.of("subject", version.subject(), "version", version.version()))
                .toList();
    }

    private Object checkAgainstAll(RegistryRequest request) {
        var subject = request.path().get(2);
        return check(request, store.live(subject));
    }

    /// A subject without versions takes every schema as its next one, so `latest` is never missing.
    private Object checkAgainstOne(RegistryRequest request) {
        var live = store.live(request.path().get(2));
        if (isLatest(request.path().get(4))) return check(request, live.isEmpty() ? live : List.of(live.getLast()));
        return check(request, List.of(version(live, number(request.path().get(4)))));
    }

    private Object check(RegistryRequest request, List<SchemaVersion> earlier) {
        var schema = SchemaVersion.parse(request.schema());
        var objections = store.level(request.path().get(2)).objections(schema, earlier);
        return request.flag("verbose")
                ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
                : Map.of("is_compatible", objections.isEmpty());
    }

    private Object level(RegistryRequest request) {
        var subject = request.path().get(1);
        var level = request.flag("defaultToGlobal")
                ? store.level(subject)
                : store.ownLevel(subject).orElseThrow(() -> RegistryError.noCompatibility(subject));
        return Map.of("compatibilityLevel", level);
    }

    private Object setLevel(@Nullable String subject, RegistryRequest request) {
        var name = request.json().path("compatibility").asText();
        return Map.of("compatibility", log.write(() -> SchemaChange.setLevel(subject, name)));
    }

    private Object removeLevel(@Nullable String subject) {
        return Map.of("compatibilityLevel", log.write(() -> SchemaChange.removeLevel(store, subject)));
    }

    private Object mode(RegistryRequest request) {
        var subject = request.path().get(1);
        var own = store.ownMode(subject);
        if (own.isEmpty() && !request.flag("defaultToGlobal")) throw RegistryError.noMode(subject);
        return Map.of("mode", own.orElseGet(store::globalMode));
    }

    /// What the flags `deleted` and `deletedOnly` ask for: live versions unless they say otherwise.
    private static Predicate<SchemaVersion> wanted(RegistryRequest request) {
        if (request.flag("deletedOnly")) return SchemaVersion::deleted;
        return version -> request.flag("deleted") || !version.deleted();
    }

    /// `:*:` is Confluent's sign for the subjects of all contexts.
    private static String prefix(RegistryRequest request) {
        var prefix = request.query().getOrDefault("subjectPrefix", "");
        return prefix.startsWith(":*:") ? prefix.substring(3) : prefix;
    }

    /// The wanted versions of the subject in the path, at least one.
    private List<SchemaVersion> existing(RegistryRequest request) {
        var subject = request.path().get(1);
        var versions = store.versions(subject).stream().filter(wanted(request)).toList();
        if (versions.isEmpty()) throw RegistryError.subjectNotFound(subject);
        return versions;
    }

    /// The version of the subject and number in the path.
    private SchemaVersion version(RegistryRequest request) {
        var text = request.path().get(3);
        if (isLatest(text)) return latest(existing(request));
        var number = number(text);
        return version(existing(request), number);
    }

    private static SchemaVersion version(List<SchemaVersion> versions, int number) {
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(number));
    }

    private static SchemaVersion latest(List<SchemaVersion> versions) {
        if (versions.isEmpty()) throw RegistryError.versionNotFound("latest");
        return versions.getLast();
    }

    private static boolean isLatest(String number) {
        return number.equals("latest") || number.equals("-1");
    }

    private static int number(String text) {
        try {
            var number = Integer.parseInt(text);
            if (number > 0) return number;
        } catch (NumberFormatException e) {
            throw RegistryError.invalidVersion(text);
        }
        throw RegistryError.invalidVersion(text);
    }

    /// The versions with the id in the path, at least one.
    private List<SchemaVersion> withId(RegistryRequest request) {
        try {
            var id = Integer.parseInt(request.path().get(2));
            var versions = store.withId(id);
            if (versions.isEmpty()) throw RegistryError.schemaNotFound(id);
            return versions;
        } catch (NumberFormatException e) {
            throw RegistryError.unknownPath();
        }
    }

    private static Map<String, Object> json(SchemaVersion version) {
        var json = new LinkedHashMap<String, Object>();
        json.put("subject", version.subject());
        json.put("version", version.version());
        json.put("id", version.id());
        if (!version.type().equals("AVRO")) json.put("schemaType", version.type());
        json.put("schema", version.schema());
        return json;
    }

    /// The schema as JSON of its own instead of a text within JSON.
    private static Object tree(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) { // a Protobuf schema is no JSON
            return schema;
        }
    }
}
