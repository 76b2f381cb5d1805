/** A farm, its users and administrators, two operators, and all that goes wrong: by a seed. */
package dev.smartdispatcher.e2e.chaos.scenario;
