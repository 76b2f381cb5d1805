/** Whatever the API server takes, the operator reads: random and extreme objects beside the jobs of others. */
package dev.smartdispatcher.e2e.api.reading;
