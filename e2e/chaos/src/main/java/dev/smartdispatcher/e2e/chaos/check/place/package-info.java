/** Rules of where builds may be: on which workers, with how much room, with which packages. */
package dev.smartdispatcher.e2e.chaos.check.place;
