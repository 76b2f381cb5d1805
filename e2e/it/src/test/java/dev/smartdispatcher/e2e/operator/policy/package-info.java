/** Tenants, their limits and their namespaces, on the embedded API. */
package dev.smartdispatcher.e2e.operator.policy;
