/** What tests against a real API server have in common: the server, who acts on it, and what is cleared away after them. */
package dev.smartdispatcher.e2e.api.tier;
