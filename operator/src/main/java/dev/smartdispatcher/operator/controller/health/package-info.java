/** Tells the farm's health of attempts that end, and asks it how workers stand. */
package dev.smartdispatcher.operator.controller.health;
