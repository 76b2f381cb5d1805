/** How many jobs a second: the operator, the same writes without it, and batch/v1 Jobs, against the same control plane. */
package dev.smartdispatcher.e2e.bench.api;
