package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.key.Bytes;
import java.util.List;
import java.util.Map;

/// A CBOR value (RFC 8949), as far as authenticators write any.
sealed interface Cbor {
  record Whole(long value) implements Cbor {}

  record Octets(Bytes value) implements Cbor {}

  record Text(String value) implements Cbor {}

  record Items(List<Cbor> values) implements Cbor {
    public Items {
      values = List.copyOf(values);
    }
  }

  enum Simple implements Cbor {
    FALSE,
    TRUE,
    NULL
  }

  /// A map, whose keys are numbers or texts.
  record Members(Map<Cbor, Cbor> values) implements Cbor {
    public Members {
      values = Map.copyOf(values);
    }

    Cbor get(Cbor key) {
      Cbor value = values.get(key);
      if (value == null) {
        throw new Failed(Refusal.MALFORMED);
      }
      return value;
    }

    <T extends Cbor> T get(Cbor key, Class<T> type) {
      Cbor value = get(key);
      Failed.unless(type.isInstance(value), Refusal.MALFORMED);
      return type.cast(value);
    }
  }
}
