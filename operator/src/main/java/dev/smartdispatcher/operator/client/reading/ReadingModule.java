package dev.smartdispatcher.operator.client.reading;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;

/** For the client's mapper: reads each object of the API server, marked if something of it cannot be read. */
public final class ReadingModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public ReadingModule() {
        super("smart-dispatcher-reading");
        setMixInAnnotation(Quantity.class, ReadByUs.class);
        setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription description, JsonDeserializer<?> ordinary) {
                return HasMetadata.class.isAssignableFrom(description.getBeanClass())
                        ? new ObjectReader(ordinary)
                        : ordinary;
            }
        });
    }

    /** In place of the deserializer that the class itself names. */
    @JsonDeserialize(using = QuantityReader.class)
    private interface ReadByUs {}
}
