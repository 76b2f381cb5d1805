/** Deletion and eviction, which leave a marked object where something has to go first. */
package dev.smartdispatcher.e2e.embedded.deletion;
