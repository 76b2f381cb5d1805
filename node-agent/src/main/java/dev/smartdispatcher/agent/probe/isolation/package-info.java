/** Ways of keeping a build from its host, each tried as the agent's own user: one that was not tried is not published. */
package dev.smartdispatcher.agent.probe.isolation;
