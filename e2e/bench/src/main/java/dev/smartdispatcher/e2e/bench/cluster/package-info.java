/** What the operator adds to the start of a build on a real cluster, beside a bare Job. */
package dev.smartdispatcher.e2e.bench.cluster;
