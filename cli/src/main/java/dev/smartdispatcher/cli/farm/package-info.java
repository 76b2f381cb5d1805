/** The workers of the farm, and taking them out of service. */
package dev.smartdispatcher.cli.farm;
