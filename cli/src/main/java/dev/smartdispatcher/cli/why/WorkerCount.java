package dev.smartdispatcher.cli.why;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How many workers do not take a job for one reason.
 *
 * @param detail what the job needs and which worker comes nearest; null if the operator does not say so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerCount(int workers, String reason, String detail) {}
