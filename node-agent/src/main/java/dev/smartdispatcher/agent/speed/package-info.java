/** How fast the machine does the work that builds are made of. */
package dev.smartdispatcher.agent.speed;
