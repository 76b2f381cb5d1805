/**
 * Objects of the API server as Java objects, whatever they hold: what cannot be read is left out, and the object is marked. So one
 * object that an older definition took, or that a newer operator wrote, ends no informer.
 */
package dev.smartdispatcher.operator.client.reading;
