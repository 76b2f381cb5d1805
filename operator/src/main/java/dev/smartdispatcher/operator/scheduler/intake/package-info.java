/**
 * Which waiting jobs the dispatcher is told of. It finds for each set of requirements the workers that can serve it and
 * remembers them, which costs memory and time; here is bounded how many sets a tenant may have it remember.
 */
package dev.smartdispatcher.operator.scheduler.intake;
