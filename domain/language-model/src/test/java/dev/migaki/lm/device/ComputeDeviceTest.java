package dev.migaki.lm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "cpu"})
  void shouldTakeTheProcessorWhenNothingElseIsAskedFor(String wanted) {
    // When / Then
    assertThat(ComputeDevice.choose(wanted, () -> true)).isEqualTo(ComputeDevice.CPU);
  }

  @Test
  void shouldTakeWhatIsThereWhenAutoIsAskedFor() {
    // When / Then
    assertThat(ComputeDevice.choose("auto", () -> true)).isEqualTo(ComputeDevice.CUDA);
    assertThat(ComputeDevice.choose("auto", () -> false)).isEqualTo(ComputeDevice.CPU);
  }

  @Test
  void shouldSayWhatToDoWhenCudaIsAskedForAndNotThere() {
    // When / Then
    assertThat(ComputeDevice.choose("cuda", () -> true)).isEqualTo(ComputeDevice.CUDA);
    assertThatThrownBy(() -> ComputeDevice.choose("cuda", () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MIGAKI_DEVICE is 'cuda'")
        .hasMessageContaining("nvidia-smi")
        .hasMessageContaining("Maven profile 'cuda'")
        .hasMessageContaining("MIGAKI_DEVICE=cpu");
  }

  @Test
  void shouldNameTheDevicesWhenAnotherIsAskedFor() {
    // When / Then
    assertThatThrownBy(() -> ComputeDevice.choose("gpu", () -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MIGAKI_DEVICE is 'gpu'; supported: cpu, cuda, auto");
  }

  @Test
  void shouldLeaveThreadsToTheDeviceWhenItIsCuda() {
    // When / Then
    assertThat(ComputeDevice.CPU.lanes(4)).isEqualTo(4);
    assertThat(ComputeDevice.CUDA.lanes(4)).isEqualTo(1);
  }
}
