/** How much memory the operator needs for a queue. */
package dev.smartdispatcher.e2e.bench.memory;
