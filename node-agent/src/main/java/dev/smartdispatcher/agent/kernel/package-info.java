/**
 * What only the running kernel can answer, behind the one interface {@link dev.smartdispatcher.agent.kernel.Kernel}:
 * everything else a probe wants to know is a file. Nothing here needs a tool of the image the agent runs in.
 */
package dev.smartdispatcher.agent.kernel;
