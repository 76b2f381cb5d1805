/** What runs on the machine: its kernel, and the load. */
package dev.smartdispatcher.agent.probe.system;
