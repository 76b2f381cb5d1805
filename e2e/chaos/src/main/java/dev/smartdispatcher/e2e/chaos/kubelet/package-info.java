/** Nodes without machines that are silent, are rebooted and fail, and whose containers run on meanwhile or do not. */
package dev.smartdispatcher.e2e.chaos.kubelet;
