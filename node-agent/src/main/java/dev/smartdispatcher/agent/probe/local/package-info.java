/** Facts that the host's administrators or their programs state in files. */
package dev.smartdispatcher.agent.probe.local;
