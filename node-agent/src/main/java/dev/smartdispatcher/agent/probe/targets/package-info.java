/** Which architectures the machine can build, and how: natively, by a personality, or by a binfmt handler. */
package dev.smartdispatcher.agent.probe.targets;
