package org.ambientvcp.gateway.rest;

/// Names of the JSON shapes for the annotations of the routes. What each of them holds is in [OpenApiDocument], from
/// the Avro contracts, so that it is said once.
final class Shapes {
    interface AccountBalance {}

    interface AccountPage {}

    interface CellPage {}

    interface DeadLetterPage {}

    interface EntryPage {}

    interface Evidence {}

    interface GrantAccepted {}

    interface GrantRequest {}

    interface Health {}

    interface ModuleInfo {}

    interface ModulePage {}

    interface MoveAccepted {}

    interface MoveRequest {}

    interface Node {}

    interface NodePage {}

    interface Problem {}

    interface QuotaAccepted {}

    interface QuotaRequest {}

    interface SplitAccepted {}

    interface SplitRequest {}

    interface Stats {}

    interface TaskAccepted {}

    interface TaskPage {}

    interface TaskRequest {}

    interface TaskStatus {}

    interface Tenant {}

    interface TenantPage {}

    interface TopicPage {}

    private Shapes() {}
}
