/** Every CEL rule of the CustomResourceDefinitions, with objects that it refuses and objects that it accepts. */
package dev.smartdispatcher.e2e.cel;
