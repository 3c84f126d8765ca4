package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  private long now;

  private Checkpoint of(String stream) {
    return Checkpoint.of(stream, folder.resolve("stream"), () -> now);
  }

  private void later(Duration by) {
    now += by.toNanos();
  }

  @Test
  void staysAMinuteBehind() {
    Checkpoint checkpoint = of("arn:1");
    checkpoint.passed("shard", "1");
    later(Duration.ofSeconds(59));
    checkpoint.passed("shard", "2");
    assertThat(of("arn:1").last("shard")).isNull();
    later(Duration.ofSeconds(2));
    checkpoint.passed("shard", "3");
    assertThat(of("arn:1").last("shard")).isEqualTo("1");
    later(Duration.ofMinutes(2));
    checkpoint.passed("shard", "4");
    assertThat(of("arn:1").last("shard")).isEqualTo("3");
    assertThat(of("arn:1").last("another")).isNull();
  }

  @Test
  void saysNothingOfAnotherStream() {
    Checkpoint checkpoint = of("arn:1");
    checkpoint.passed("shard", "1");
    later(Duration.ofMinutes(2));
    checkpoint.passed("shard", "2");
    assertThat(of("arn:2").last("shard")).isNull();
    assertThat(of("arn:1").last("shard")).isEqualTo("1");
  }

  @Test
  void keepsNothingWithoutAFile() {
    Checkpoint checkpoint = Checkpoint.of("arn:1", null, () -> now);
    checkpoint.passed("shard", "1");
    later(Duration.ofMinutes(2));
    checkpoint.passed("shard", "2");
    assertThat(checkpoint.last("shard")).isNull();
    assertThat(Files.exists(folder.resolve("stream"))).isFalse();
  }
}
