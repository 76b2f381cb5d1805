/**
 * What the caches keep of objects, and how lists are read: memory grows with the farm, not with what is written into objects.
 */
package dev.smartdispatcher.operator.controller.cache;
