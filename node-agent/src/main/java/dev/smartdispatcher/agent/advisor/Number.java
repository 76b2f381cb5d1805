package dev.smartdispatcher.agent.advisor;

/**
 * A number of the advice, as people read it.
 *
 * @param name what it is of
 * @param value with its unit
 * @param reason why so much, in one line
 * @param alternative what else may be right, and when
 */
public record Number(String name, String value, String reason, String alternative) {}
