/** The claims in which builds keep caches on workers: made for a namespace when it first builds there, and deleted when the worker has none any more. */
package dev.smartdispatcher.operator.controller.volume;
