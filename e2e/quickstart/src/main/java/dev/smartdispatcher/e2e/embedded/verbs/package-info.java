/**
 * What the API does: create, update, patch, apply, delete, and the pods' bind and evict. Every write reads, decides and
 * stores in one atomic step; refusals are {@link dev.smartdispatcher.e2e.embedded.model.ApiException}s.
 */
package dev.smartdispatcher.e2e.embedded.verbs;
