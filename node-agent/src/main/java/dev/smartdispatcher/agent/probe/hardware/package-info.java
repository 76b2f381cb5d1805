/**
 * What the machine is made of: processor, memory, disk. Read from the files that OSHI reads too, but under a root of
 * ours, which OSHI has only one of in a process: so that a host's mounts and recorded machines can be read alike. OSHI
 * lends its table of ARM vendors, and is the oracle of the tests.
 */
package dev.smartdispatcher.agent.probe.hardware;
