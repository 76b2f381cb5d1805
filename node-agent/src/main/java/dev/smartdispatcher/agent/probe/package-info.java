/**
 * What the agent finds out about its machine. A {@link dev.smartdispatcher.agent.probe.Probe} adds one part of the facts;
 * {@link dev.smartdispatcher.agent.probe.Probes} asks them all. The probes themselves are in the packages below, by what
 * they look at. Nothing here knows of Kubernetes but the API's records.
 */
package dev.smartdispatcher.agent.probe;
