/** Nodes and workers without machines: pods that are bound to them run and end in the API only. */
package dev.smartdispatcher.e2e.hollow;
