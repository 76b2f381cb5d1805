/** The ways a patch changes an object: RFC 7386, JSON patch, merge by list keys, and what an applier no longer applies. */
package dev.smartdispatcher.e2e.embedded.merge;
