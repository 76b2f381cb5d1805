/** What the scheduler is told of earlier builds: how long a build is likely to take, and where something of them is kept. */
package dev.smartdispatcher.operator.controller.past;
