package dev.migaki.lm;

import dev.migaki.lm.device.ComputeDevice;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs every test on the device that {@code MIGAKI_DEVICE} names, the processor when it is not set:
 * {@code MIGAKI_DEVICE=cuda mvn -Pcuda -pl domain/language-model verify}.
 */
public final class ChosenDevice implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
  }
}
