/** What users see of the CustomResourceDefinitions, on a real API server. */
package dev.smartdispatcher.e2e.api.definitions;
