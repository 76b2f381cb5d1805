/** The configuration advisor against a real API server. */
package dev.smartdispatcher.e2e.api.advise;
