/** Whether the cluster has what the operator needs, asked before it starts and ever again while it runs. */
package dev.smartdispatcher.operator.preflight;
