/**
 * The informers of all kinds, what their caches keep of objects, and who learns of changes: memory grows with the farm, not with what is
 * written into objects.
 */
package dev.smartdispatcher.operator.controller.informer;
