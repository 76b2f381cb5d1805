/** Connections to the API server that are as bad as networks and load balancers can be. */
package dev.smartdispatcher.e2e.chaos.fault;
