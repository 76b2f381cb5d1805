/** What one tenant writes does not concern another one. */
package dev.smartdispatcher.e2e.api.tenants;
