/** What a worker's Node says, and what else runs there. Pure functions. */
package dev.smartdispatcher.operator.worker.node;
