package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the dispatcher sees. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchPolicyStatus(
        @JsonPropertyDescription("The queue.") QueueStatus queue) {}
