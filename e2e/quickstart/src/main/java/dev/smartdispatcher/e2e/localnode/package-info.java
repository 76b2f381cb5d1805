/**
 * A node without a container engine: runs worker pods as processes of this machine, and reports them as a kubelet does.
 */
package dev.smartdispatcher.e2e.localnode;
