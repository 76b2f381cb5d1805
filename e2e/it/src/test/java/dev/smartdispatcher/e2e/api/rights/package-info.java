/** Least privilege: what roles and policies allow and refuse, and what happens where something is missing. */
package dev.smartdispatcher.e2e.api.rights;
