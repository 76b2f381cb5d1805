/** The configuration advisor: from what a host is, and what its administrator wants, to numbers. Pure: reads and writes nothing. */
package dev.smartdispatcher.agent.advisor;
